package main

import (
	"github.com/pulumi-chroma-sync/pulumi-chroma-sync/sdk/go/chromasync"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func program(ctx *pulumi.Context) error {
	settings := config.New(ctx, "")
	site, err := chromasync.NewSource(ctx, "site", &chromasync.SourceArgs{
		DatabaseName: pulumi.String(settings.Require("databaseName")),
		WebScrape: &chromasync.WebSourceArgs{
			StartingUrl: pulumi.String(settings.Require("startingUrl")),
			// Every page is billed at every sync.
			MaxDepth:  pulumi.Int(2),
			PageLimit: pulumi.Int(100),
		},
	})
	if err != nil {
		return err
	}
	release := settings.Require("release")
	collection, err := chromasync.CollectionNameFor(ctx, &chromasync.CollectionNameForArgs{Prefix: "site", Ref: release})
	if err != nil {
		return err
	}
	docs, err := chromasync.NewInvocation(ctx, "docs", &chromasync.InvocationArgs{
		SourceId:             site.SourceId,
		TargetCollectionName: pulumi.String(collection.CollectionName),
		WaitForCompletion:    pulumi.Bool(true),
	})
	if err != nil {
		return err
	}
	ctx.Export("collection", docs.CollectionName)
	return nil
}

func main() { pulumi.Run(program) }
