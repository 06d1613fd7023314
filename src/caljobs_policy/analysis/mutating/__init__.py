# SPDX-License-Identifier: MIT
"""What no worked case would notice: small changes of a profile, and the cases that tell them."""
