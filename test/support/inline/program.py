"""Runs a Pulumi program inside this process, which takes no language host: up, refresh, up again, destroy."""

import json
import runpy
import sys

from pulumi import automation as auto

program, project, folder, config = sys.argv[1:5]
stack = auto.create_or_select_stack(
    stack_name="dev",
    project_name=project,
    program=lambda: runpy.run_path(program),
    opts=auto.LocalWorkspaceOptions(work_dir=folder),
)
for name, value in json.loads(config).items():
    stack.set_config(name, auto.ConfigValue(value))
preview = stack.preview()
first = stack.up()
stack.refresh()
again = stack.up()
outputs = {name: output.value for name, output in first.outputs.items()}
stack.destroy()
print(json.dumps({"created": first.summary.resource_changes, "again": again.summary.resource_changes, "outputs": outputs}))
