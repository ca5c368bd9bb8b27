"""The pipeline as Prefect flows: scheduling, retries, state, logs and artifacts; every decision is the library's.

    daily ── ingest ── code (one task a shard) ── publish (judge, load, publish, report)

Importing this package sets Prefect up as dyadflow wants it: nothing is sent to anybody, and a local server gets the time
it needs to start. What the user has set stays.
"""

import os

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_CLIENT_METRICS_ENABLED": "false",
}
for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)
