def test_a(session, codebook, writable, engine, csv_findings, csv_sources):
    assert len(csv_findings) == 543 and len(csv_sources) == 461
