package main

import (
	"github.com/pulumi-chroma-sync/pulumi-chroma-sync/sdk/go/chromasync"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func program(ctx *pulumi.Context) error {
	settings := config.New(ctx, "")
	commit := settings.Require("commit")
	collection, err := chromasync.CollectionNameFor(ctx, &chromasync.CollectionNameForArgs{Prefix: "code", Ref: commit})
	if err != nil {
		return err
	}
	code, err := chromasync.NewInvocation(ctx, "code", &chromasync.InvocationArgs{
		SourceId:             pulumi.String(settings.Require("sourceId")),
		RefIdentifier:        &chromasync.RefIdentifierArgs{Sha: pulumi.String(commit)},
		TargetCollectionName: pulumi.String(collection.CollectionName),
		WaitForCompletion:    pulumi.Bool(true),
		// Back at an earlier commit, its finished collection is adopted instead of refused.
		OnConflict: chromasync.InvocationOnConflictAdopt,
	})
	if err != nil {
		return err
	}
	ctx.Export("collection", code.CollectionName)
	return nil
}

func main() { pulumi.Run(program) }
