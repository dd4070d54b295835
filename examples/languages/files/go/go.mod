module files

go 1.25.0

require (
	github.com/pulumi-chroma-sync/pulumi-chroma-sync/sdk/go v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
)
