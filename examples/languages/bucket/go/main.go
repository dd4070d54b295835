package main

import (
	"github.com/pulumi-chroma-sync/pulumi-chroma-sync/sdk/go/chromasync"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func program(ctx *pulumi.Context) error {
	docs, err := chromasync.NewInvocationBatch(ctx, "docs", &chromasync.InvocationBatchArgs{
		SourceId: pulumi.String(config.New(ctx, "").Require("sourceId")),
		Metadata: pulumi.Map{"team": pulumi.String("docs")},
		Objects: chromasync.BatchObjectArray{
			// Another version, such as the object's ETag, syncs that object again.
			&chromasync.BatchObjectArgs{ObjectKey: pulumi.String("docs/guide.md"), Version: pulumi.String("1")},
			&chromasync.BatchObjectArgs{ObjectKey: pulumi.String("docs/reference.md"), Version: pulumi.String("1")},
		},
		WaitForCompletion: pulumi.Bool(true),
	})
	if err != nil {
		return err
	}
	ctx.Export("complete", docs.Counts.Complete())
	return nil
}

func main() { pulumi.Run(program) }
