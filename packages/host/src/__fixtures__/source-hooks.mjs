// Lets plain `node --import` run the TypeScript sources of the workspace: node strips the types, these hooks find the files.
import { registerHooks } from "node:module";

const packages = new URL("../../../", import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const own = /^@getfluxly\/email-([a-z\d-]+)(?:\/([a-z-]+))?$/.exec(specifier);
    if (own)
      return next(new URL(`${own[1]}/src/${own[2] ? `${own[2]}/` : ""}index.ts`, packages).href, context);
    const isSource =
      context.parentURL?.startsWith(packages.href) && !context.parentURL.includes("/node_modules/");
    if (isSource && /^\.{1,2}\/.*\.js$/.test(specifier))
      return next(specifier.replace(/\.js$/, ".ts"), context);
    return next(specifier, context);
  },
});
