"""Folders of a test's own."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from oppidum.core.cluster import private_cluster


@contextmanager
def own_folder():
    """A folder that the server's user may enter, as pytest's own temporary ones are not; its cluster goes with it."""
    var = Path(mkdtemp(prefix="oppidum-test-"))
    var.chmod(0o755)
    try:
        yield var
    finally:
        private_cluster(var).destroy()
        shutil.rmtree(var)
