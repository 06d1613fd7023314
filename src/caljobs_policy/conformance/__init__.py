# SPDX-License-Identifier: MIT
"""Foreign systems held to a policy: asked about cases, compared, and reported clause by clause."""
