// pulumi preview --policy-pack node_modules/pulumi-chroma-sync/policy-pack
const { PolicyPack } = require("@pulumi/policy");
const { chromaSyncPolicies } = require("pulumi-chroma-sync/policy");

new PolicyPack("chroma-sync", { policies: chromaSyncPolicies() });
