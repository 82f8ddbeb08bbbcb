"""Runs the steps of a job that are scripts, as GitHub's runners do and as they stand, in this checkout.

steps.py WORKFLOW JOB PRODUCT: PRODUCT is the file that must be there at the end, and not before.
"""

import os
import pathlib
import subprocess
import sys

from ruamel.yaml import YAML

workflow, job, product = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
product.unlink(missing_ok=True)
steps = YAML(typ="safe").load(workflow)["jobs"][job]["steps"]
scripts = [step for step in steps if "run" in step]
assert scripts, f"{job} has no scripts"
for step in scripts:
    assert "${{" not in step["run"], f"what others write is never part of a script: {step['run']}"
    told = os.environ | {"GITHUB_STEP_SUMMARY": os.devnull}
    ran = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], env=told)
    assert ran.returncode == 0, f"“{step['name']}” ended with {ran.returncode}"
assert product.is_file(), f"{product} was not made"
