# SPDX-License-Identifier: MIT
"""What is judged: requests, accounts, offices and records, and the facts that they state."""
