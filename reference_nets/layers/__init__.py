"""Layers, one textbook name a file."""

from reference_nets.layers.adaptive_average_pooling_1d import adaptive_average_pooling_1d
from reference_nets.layers.adaptive_average_pooling_2d import adaptive_average_pooling_2d
from reference_nets.layers.average_pooling_1d import average_pooling_1d
from reference_nets.layers.average_pooling_2d import average_pooling_2d
from reference_nets.layers.batch_normalisation import batch_normalisation
from reference_nets.layers.bilinear import bilinear
from reference_nets.layers.bilinear_upsampling import bilinear_upsampling
from reference_nets.layers.concatenation import concatenation
from reference_nets.layers.convolution_1d import convolution_1d
from reference_nets.layers.convolution_2d import convolution_2d
from reference_nets.layers.dense import dense
from reference_nets.layers.depthwise_convolution import depthwise_convolution
from reference_nets.layers.dropout import dropout
from reference_nets.layers.elman import elman
from reference_nets.layers.embedding import embedding
from reference_nets.layers.flatten import flatten
from reference_nets.layers.global_average_pooling import global_average_pooling
from reference_nets.layers.group_normalisation import group_normalisation
from reference_nets.layers.gru import gru
from reference_nets.layers.instance_normalisation import instance_normalisation
from reference_nets.layers.last_step import last_step
from reference_nets.layers.layer_normalisation import layer_normalisation
from reference_nets.layers.lstm import lstm
from reference_nets.layers.max_pooling_1d import max_pooling_1d
from reference_nets.layers.max_pooling_2d import max_pooling_2d
from reference_nets.layers.multi_head_attention import multi_head_attention
from reference_nets.layers.nearest_upsampling import nearest_upsampling
from reference_nets.layers.reflection_padding import reflection_padding
from reference_nets.layers.residual_sum import residual_sum
from reference_nets.layers.rms_normalisation import rms_normalisation
from reference_nets.layers.rotary_position_encoding import rotary_position_encoding
from reference_nets.layers.scaled_dot_product_attention import scaled_dot_product_attention
from reference_nets.layers.sinusoidal_position_encoding import sinusoidal_position_encoding
from reference_nets.layers.transposed_convolution_1d import transposed_convolution_1d
from reference_nets.layers.transposed_convolution_2d import transposed_convolution_2d
from reference_nets.layers.weight_normalisation import weight_normalisation
from reference_nets.layers.zero_padding import zero_padding

LAYERS = (
    dense,
    bilinear,
    embedding(),
    embedding(padding=0),
    dropout,
    flatten,
    residual_sum,
    concatenation,
    convolution_1d(),
    convolution_1d(stride=2, padding=1, dilation=2),
    convolution_1d(groups=2),
    convolution_2d(),
    convolution_2d(stride=2, padding=1),
    convolution_2d(dilation=2),
    convolution_2d(groups=2),
    depthwise_convolution(),
    depthwise_convolution(stride=2, padding=1),
    transposed_convolution_1d(),
    transposed_convolution_1d(stride=2, padding=1),
    transposed_convolution_2d(),
    transposed_convolution_2d(stride=2, padding=1),
    max_pooling_1d(),
    max_pooling_1d(3, stride=2, padding=1),
    max_pooling_2d(),
    max_pooling_2d(3, stride=2, padding=1),
    average_pooling_1d(),
    average_pooling_1d(3, stride=2, padding=1),
    average_pooling_2d(),
    average_pooling_2d(3, stride=2, padding=1),
    global_average_pooling,
    adaptive_average_pooling_1d(3),
    adaptive_average_pooling_2d(2, 3),
    nearest_upsampling(),
    bilinear_upsampling(),
    bilinear_upsampling(3),
    bilinear_upsampling(align_corners=True),
    zero_padding(),
    reflection_padding(2),
    batch_normalisation,
    layer_normalisation,
    group_normalisation,
    instance_normalisation,
    rms_normalisation,
    weight_normalisation,
    elman,
    lstm(),
    lstm(peepholes=True),
    gru,
    last_step,
    scaled_dot_product_attention(),
    scaled_dot_product_attention(masked=True),
    scaled_dot_product_attention(causal=True),
    multi_head_attention(),
    multi_head_attention(causal=True),
    multi_head_attention(context=True),
    rotary_position_encoding,
    sinusoidal_position_encoding,
)

__all__ = [
    "LAYERS",
    "adaptive_average_pooling_1d",
    "adaptive_average_pooling_2d",
    "average_pooling_1d",
    "average_pooling_2d",
    "batch_normalisation",
    "bilinear",
    "bilinear_upsampling",
    "concatenation",
    "convolution_1d",
    "convolution_2d",
    "dense",
    "depthwise_convolution",
    "dropout",
    "elman",
    "embedding",
    "flatten",
    "global_average_pooling",
    "group_normalisation",
    "gru",
    "instance_normalisation",
    "last_step",
    "layer_normalisation",
    "lstm",
    "max_pooling_1d",
    "max_pooling_2d",
    "multi_head_attention",
    "nearest_upsampling",
    "reflection_padding",
    "residual_sum",
    "rms_normalisation",
    "rotary_position_encoding",
    "scaled_dot_product_attention",
    "sinusoidal_position_encoding",
    "transposed_convolution_1d",
    "transposed_convolution_2d",
    "weight_normalisation",
    "zero_padding",
]
