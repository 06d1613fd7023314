# SPDX-License-Identifier: MIT
"""The engine on durable-rules: a Rete network as a second witness of the and/or logic.

The leaves of conditions are computed by the project's own operators, and reach the network as bits.
"""

from caljobs_policy.engines.durable.program import verdict

__all__ = ["verdict"]
