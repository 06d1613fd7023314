# SPDX-License-Identifier: MIT
"""What can be wrong: problems with their codes and remedies, and the exceptions that carry them."""
