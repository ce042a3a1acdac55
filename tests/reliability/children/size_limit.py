"""A step larger than this process may make its files, then the same step with the limit gone."""

import resource
import sys
from pathlib import Path

from coder_app.domain.errors import AppError
from coder_app.edits.codes import add_code, describe_code
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

path = Path(sys.argv[1])
words = {"definition": "long " * 20_000}
with Project.open(path) as project:
    code_id = add_code(project, "Before")
    before = dump(project.db)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8_192, most))
    try:
        describe_code(project, code_id, words)
    except AppError as error:
        sys.stdout.write(f"{error}\n")
    if dump(project.db) != before or verify(project.db):
        sys.exit("the old state does not stand")
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    describe_code(project, code_id, words)
    add_code(project, "There is room again")
