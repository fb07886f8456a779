"""A job survives its way to the process."""

from kg.store.frames import HEADER
from kg.store.shacl_jobs import Sent, ShaclJob


def test_job_survives_its_frame():
    job = ShaclJob(
        graphs=(
            Sent(role="data", form="ttl", name="a.ttl", content="<urn:é>\n<urn:b> <urn:c> .".encode()),
            Sent(role="shapes", form="nt", content=b""),
        ),
        form="json",
        base="https://example.org/",
        severity="warning",
        limit=3,
        shapes=("cks:x",),
        focus=("urn:a",),
        seconds=2.5,
    )
    assert ShaclJob.from_payload(job.frame[HEADER.size :]) == job


def test_job_is_listed_by_its_sizes():
    sent = Sent(role="data", form="ttl", content=b"1234")
    own = Sent(role="shapes", form="ttl", content=b"12")
    assert (
        ShaclJob(graphs=(sent,), form="json", base="urn:x:").query
        == "SHACL: 4 bytes of data against the project's shapes"
    )
    assert "2 bytes of shapes" in ShaclJob(graphs=(sent, own), form="json", base="urn:x:").query
