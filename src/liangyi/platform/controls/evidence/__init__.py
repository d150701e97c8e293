"""How the controls were carried out: tallies by day, health, and the single records behind them.

`counting` prepares the tallies of finished days, `queries` reads them together with what is not counted
yet, `rules` says what they mean, `records` lists the single records of one control.
"""

from __future__ import annotations
