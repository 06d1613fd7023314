# SPDX-License-Identifier: MIT
"""What is proved of policies: which subjects they treat differently; needs the extra `analysis`."""
