package main

import (
	"github.com/pulumi-chroma-sync/pulumi-chroma-sync/sdk/go/chromasync"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func program(ctx *pulumi.Context) error {
	database := pulumi.String(config.New(ctx, "").Require("databaseName"))
	// A file that is new or changed is uploaded.
	docs, err := chromasync.NewFiles(ctx, "docs", &chromasync.FilesArgs{
		DatabaseName:      database,
		CollectionName:    pulumi.String("docs"),
		Folder:            pulumi.String("docs"),
		Metadata:          pulumi.Map{"team": pulumi.String("docs")},
		WaitForCompletion: pulumi.Bool(true),
	})
	if err != nil {
		return err
	}
	about, err := chromasync.NewFile(ctx, "about", &chromasync.FileArgs{
		DatabaseName:      database,
		CollectionName:    pulumi.String("docs"),
		Filename:          pulumi.String("about.md"),
		File:              pulumi.NewStringAsset("Deployed from " + ctx.Stack() + "."),
		WaitForCompletion: pulumi.Bool(true),
	})
	if err != nil {
		return err
	}
	ctx.Export("complete", docs.Counts.Complete())
	ctx.Export("status", about.Status)
	return nil
}

func main() { pulumi.Run(program) }
