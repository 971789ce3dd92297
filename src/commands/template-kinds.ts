/** Kinds of templates that `--template` knows by name; apart from their patterns, because help needs the names alone. */
export const templateKinds = ['erb', 'epp', 'jinja', 'autoconf'] as const;
export type TemplateKind = (typeof templateKinds)[number];
