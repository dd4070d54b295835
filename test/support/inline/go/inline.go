package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
)

// Runs the program inside this process, which takes no language host: up, refresh, up again, destroy.
func init() {
	ctx := context.Background()
	check := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	project, folder, config := os.Args[1], os.Args[2], os.Args[3]
	stack, err := auto.UpsertStackInlineSource(ctx, "dev", project, program, auto.WorkDir(folder))
	check(err)
	settings := map[string]string{}
	check(json.Unmarshal([]byte(config), &settings))
	for name, value := range settings {
		check(stack.SetConfig(ctx, name, auto.ConfigValue{Value: value}))
	}
	first, err := stack.Up(ctx)
	check(err)
	_, err = stack.Refresh(ctx)
	check(err)
	again, err := stack.Up(ctx)
	check(err)
	outputs := map[string]any{}
	for name, output := range first.Outputs {
		outputs[name] = output.Value
	}
	_, err = stack.Destroy(ctx)
	check(err)
	result := map[string]any{"created": first.Summary.ResourceChanges, "again": again.Summary.ResourceChanges, "outputs": outputs}
	check(json.NewEncoder(os.Stdout).Encode(result))
	os.Exit(0)
}
