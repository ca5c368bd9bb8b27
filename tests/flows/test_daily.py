"""The flow `daily` under a real Prefect server gives the rows that `--direct` gives, with states, artifacts and run names."""

import duckdb
import pytest

from dyadflow import pipeline
from dyadflow.schema import CLOCK_COLUMNS, PUBLISHED, TABLES
from dyadflow.settings import Settings

TEXTS = {
    "a.txt": "date 2022-03-02\npublisher Test Wire\nRussia shelled Ukraine on Tuesday, killing at least 12 people. Poland condemned Russia. Germany sent aid to Ukraine.\n",
    "b.txt": "date 2022-03-03\npublisher Other Wire\nFrance met with Turkey in Paris on Thursday. The United States imposed sanctions on Iran last week, and Iran threatened to retaliate.\n",
}


@pytest.fixture(scope="module")
def server():
    from prefect.testing.utilities import prefect_test_harness

    from dyadflow import flows  # noqa: F401 (sets Prefect up)

    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("news")
    for name, text in TEXTS.items():
        (place / name).write_text(text)
    return place


def contents(path) -> dict:
    """The tables of a published file without what depends on when a run happened."""
    found = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for name in PUBLISHED:
            if name not in ("runs", "checks"):
                columns = ", ".join(c for c in TABLES[name].names if c not in CLOCK_COLUMNS and c not in ("run_id", "published_at" if name == "" else ""))
                found[name] = sorted(map(repr, connection.execute(f"SELECT {columns} FROM {name}").fetchall()))  # noqa: S608
    return found


def test_flow_and_direct_run_agree(server, folder, tmp_path):
    from dyadflow.flows.daily import daily
    from prefect.client.orchestration import get_client

    outcome = daily([str(folder)], str(tmp_path / "flow"), "20220304T000000-test01")
    direct = pipeline.run([str(folder)], Settings(data=tmp_path / "direct"))
    assert outcome.summary() == direct.summary()
    assert contents(outcome.published) == contents(direct.published)
    assert contents(outcome.published)["events"]
    with get_client(sync_client=True) as client:
        runs = {run.name: run.state_name for run in client.read_flow_runs()}
        artifacts = {artifact.key for artifact in client.read_artifacts()}
    assert runs == dict.fromkeys(("daily-20220304T000000-test01", "ingest-20220304T000000-test01", "code-20220304T000000-test01", "publish-20220304T000000-test01"), "Completed")
    assert {"expectations", "run-summary", "report", "reading", "coding"} <= artifacts


def test_a_users_error_fails_the_flow_with_its_own_class(server, tmp_path):
    from dyadflow.flows.daily import daily

    from dyadflow.errors import MissingSource

    with pytest.raises(MissingSource, match="nowhere.txt"):
        daily([str(tmp_path / "nowhere.txt")], str(tmp_path / "data"))
