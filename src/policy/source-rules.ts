import { fits, number, type ResourceRule, texts } from "./rule.js";
import { asMap, isAbout, kindOf } from "./syncs.js";

export const webLimits: ResourceRule = {
  name: "web-limits",
  about: "source",
  description: "A web source limits its pages and its depth.",
  reason: "every page that is scraped costs $0.01, at every sync",
  level: "mandatory",
  options: {
    maxPages: { type: "integer", minimum: 1, maximum: 500, default: 500, description: "Pages at most." },
  },
  check({ type, props }, config) {
    if (kindOf(type) !== "source" || props.webScrape === undefined) return [];
    const { pageLimit, maxDepth } = asMap(props.webScrape);
    const most = number(config, "maxPages", 500);
    return [
      ...(typeof pageLimit === "number" && pageLimit <= most
        ? []
        : [`webScrape.pageLimit must be set, to at most ${most}`]),
      ...(typeof maxDepth === "number" ? [] : ["webScrape.maxDepth must be set"]),
    ];
  },
};

export const allowedDatabases: ResourceRule = {
  name: "allowed-databases",
  about: "database",
  description: "Sources and uploads write to the databases that are allowed.",
  reason: "another database may be another environment's or another tenant's",
  level: "mandatory",
  options: {
    databases: {
      type: "array",
      items: { type: "string" },
      description: "Databases; `*` stands for anything; empty for all.",
    },
  },
  idle: (config) => (texts(config, "databases").length === 0 ? "databases is not set" : undefined),
  check({ type, props }, config) {
    const databases = texts(config, "databases");
    if (!isAbout("database", type) || databases.length === 0 || typeof props.databaseName !== "string")
      return [];
    return fits(props.databaseName, databases)
      ? []
      : ["databaseName is not allowed: use one of those in databases, or add it there"];
  },
};

export const noInlineAwsKeys: ResourceRule = {
  name: "no-inline-aws-keys",
  about: "source",
  description: "An S3 source names saved credentials by their id.",
  reason:
    "inline keys are copied into state and into the service at every change, and a policy cannot tell a secret from plain text",
  level: "mandatory",
  check({ type, props }) {
    const { awsAccessKeyId, awsSecretAccessKey } = asMap(props.s3);
    return kindOf(type) === "source" && (awsAccessKeyId !== undefined || awsSecretAccessKey !== undefined)
      ? ["inline AWS keys: save them in the dashboard and set awsCredentialId"]
      : [];
  },
};

export const httpsEndpoint: ResourceRule = {
  name: "https-endpoint",
  about: "provider",
  description: "The service is reached by https; plain http is for loopback.",
  reason: "the key would cross the network in clear",
  level: "mandatory",
  check({ type, props }) {
    const endpoint = props["chroma-sync:endpoint"] ?? props.endpoint;
    if (kindOf(type) !== "provider" || typeof endpoint !== "string") return [];
    const safe =
      /^https:\/\//i.test(endpoint) ||
      /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/i.test(endpoint);
    return safe
      ? []
      : ["chroma-sync:endpoint is not https: change it, or remove it for the service's own address"];
  },
};
