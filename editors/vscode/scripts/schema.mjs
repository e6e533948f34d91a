// Takes the settings in package.json from the schema of copydesk.toml.
// The program comes from COPYDESK_BIN, a debug or release build beside this checkout, or PATH, in this order.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const suffix = process.platform === "win32" ? ".exe" : "";
const builds = ["debug", "release"].map((profile) => here(`../../../target/${profile}/copydesk${suffix}`));
const program = process.env.COPYDESK_BIN ?? builds.find(existsSync) ?? "copydesk";
const schema = JSON.parse(execFileSync(program, ["schema"], { encoding: "utf8" }));

const rules = schema.$defs.RuleLevels.properties;
const levels = schema.$defs.Switch.oneOf;
const own = {
  "copydesk.path": {
    scope: "machine-overridable",
    type: "string",
    default: "",
    order: 0,
    markdownDescription:
      "Where the program `copydesk` is. Leave it empty to use the one that came with the extension, or else one on the `PATH` or in `~/.cargo/bin`. A path that starts with `~` starts in your home folder.",
  },
  "copydesk.enable": {
    scope: "resource",
    type: "string",
    enum: ["always", "configured"],
    enumDescriptions: [
      "Every Markdown, plain text and HTML document that the settings do not exclude.",
      "Only documents in or below a folder with a copydesk.toml.",
    ],
    default: "always",
    order: 1,
    description: "Which documents are checked.",
  },
  "copydesk.trace.server": {
    scope: "window",
    type: "string",
    enum: ["off", "messages", "verbose"],
    enumDescriptions: ["Nothing.", "The name of each message.", "Each message in full, with the text of your drafts."],
    default: "off",
    order: 9,
    description: "Whether what the editor and copydesk say to each other is written to the log. For bug reports.",
  },
};

// A table of drop-downs in the settings editor; a least confidence can be set in copydesk.toml.
const level = ({ description }) => ({
  type: "string",
  enum: levels.map((one) => one.const),
  enumDescriptions: levels.map((one) => one.description),
  description,
});
const ruleTable = (order) => ({
  scope: "resource",
  type: "object",
  properties: Object.fromEntries(Object.entries(rules).map(([rule, one]) => [rule, level(one)])),
  additionalProperties: false,
  default: {},
  order,
  markdownDescription:
    "How serious the findings of a rule, or of a group of rules, are. A rule wins over its group. A `copydesk.toml` above the draft wins over what is set here.",
});

/** A property of the schema without references, as settings of VS Code are declared. */
function plain(property) {
  const { anyOf, default: _, $ref, ...rest } = property;
  const target = $ref ?? anyOf?.find((one) => one.$ref)?.$ref;
  const choices = target && schema.$defs[target.split("/").pop()].oneOf;
  if (!choices) return rest;
  return {
    type: ["string", "null"],
    enum: [null, ...choices.map((one) => one.const)],
    enumItemLabels: ["as the article does"],
    enumDescriptions: ["Whatever the article uses most.", ...choices.map((one) => one.description)],
    description: rest.description,
  };
}
function section(name, definition, order) {
  const entries = Object.entries(schema.$defs[definition].properties).map(([key, property]) => {
    const setting = plain(property);
    const list = [setting.type].flat().includes("array");
    // The default is of the setting's type: null where a list that is not set means another thing than an empty one.
    if (list) setting.type = property.default == null ? ["array", "null"] : "array";
    return [`copydesk.${name}.${key}`, { scope: "resource", ...setting, default: property.default ?? null, order }];
  });
  return Object.fromEntries(entries);
}

const overrides = {
  scope: "resource",
  type: "array",
  default: [],
  order: 5,
  markdownDescription:
    "What is different for some files: a list of `{ \"files\": [\"opinion/**\"], \"rules\": { … }, \"style\": { … } }`, the globs relative to the folder.",
  items: {
    type: "object",
    required: ["files"],
    additionalProperties: false,
    properties: {
      files: { type: "array", items: { type: "string" }, description: "Globs, relative to the folder." },
      rules: { ...ruleTable(), description: "Levels by rule or group." },
      style: {
        type: "object",
        additionalProperties: false,
        description: schema.$defs.Style.description,
        properties: Object.fromEntries(
          Object.entries(schema.$defs.Style.properties).map(([key, property]) => [key, plain(property)]),
        ),
      },
    },
  },
};
for (const key of ["scope", "default", "order", "markdownDescription"]) delete overrides.items.properties.rules[key];

const manifest = JSON.parse(readFileSync(here("../package.json"), "utf8"));
manifest.contributes.configuration.properties = {
  ...own,
  "copydesk.rules": ruleTable(2),
  ...section("style", "Style", 3),
  ...section("files", "Files", 4),
  "copydesk.overrides": overrides,
};
writeFileSync(here("../package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
