"""PyTorch code as layers: functions with a backward of their own, modules, plain functions."""
