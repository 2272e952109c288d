"""Code for HIPS autograd as layers: functions and primitives with their VJPs."""
