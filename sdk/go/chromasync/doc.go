// Community Pulumi provider for Chroma Cloud Sync: declare data syncs next to the rest of your infrastructure.
package chromasync
