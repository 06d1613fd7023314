# SPDX-License-Identifier: MIT
"""A request for a new account under the directive, by hand."""
