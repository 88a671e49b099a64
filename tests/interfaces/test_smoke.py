def test_all(program, pothole):
    print(program.get("services.xml").content[:500].decode())
    print(program.get("services/roads.pothole.json").content.decode())
    code = program.file(pothole(email="zoe@example.org"))
    print(program.get("requests.json", extensions="true").content.decode())
    print(program.get(f"requests/{code}").content.decode())
    print(program.get("discovery.json").content.decode())
    print(program.get("nothing").content.decode())
    r = program.post(pothole(lat="5.05", long="43.35", api_key="no")); print(r.status_code, r.content.decode())
    r = program.post(pothole(lat="5.05", long="43.35")); print(r.status_code, r.content.decode())
    assert 1
