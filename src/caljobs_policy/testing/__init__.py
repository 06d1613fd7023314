# SPDX-License-Identifier: MIT
"""What helps to test policies, and programs that use them; needs the extra `testing`."""
