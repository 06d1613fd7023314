# SPDX-License-Identifier: MIT
"""A standing account under the directive, by hand."""
