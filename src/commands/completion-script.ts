import type { RegisteredCommand } from './command.ts';
import { type OptionRow, optionRows, spellings } from './option-table.ts';

/** The completion script for a shell, made from the definitions of the commands. */
export function completionScript(
  shell: 'bash' | 'zsh' | 'fish',
  commands: readonly RegisteredCommand[],
): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      // zsh runs bash completions once it has been told to.
      return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`;
    case 'fish':
      return fishScript(commands);
  }
}

function bashScript(commands: readonly RegisteredCommand[]): string {
  const names = commands.flatMap(namesOf);
  const common = optionRows().flatMap(spellings);
  const values = commands.flatMap((command) =>
    optionRows(command)
      .filter(({ choices }) => choices.length > 0)
      .map((row) => {
        const places = namesOf(command).flatMap((name) =>
          // An argument with choices stands behind the name of its command.
          (row.isPositional ? [name] : spellings(row)).map((previous) => `${name}:${previous}`),
        );
        return `    ${places.join('|')}) words='${row.choices.join(' ')}' ;;`;
      }),
  );
  const options = commands.map((command) => {
    const words = optionRows(command).flatMap(spellings).join(' ');
    return `      ${namesOf(command).join('|')}) words='${words}' ;;`;
  });
  return `_xcfg() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= word words=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join('|')}) command=$word; break ;; esac
  done
  # "--format=x" comes as three words.
  if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case $command:$previous in
${values.join('\n')}
  esac
  if [ -z "$command" ] && [ -z "$words" ]; then
    words='${[...names, ...common].join(' ')}'
  elif [ -z "$words" ] && [ "\${current#-}" != "$current" ]; then
    case $command in
${options.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _xcfg xcfg
`;
}

function fishScript(commands: readonly RegisteredCommand[]): string {
  const lines = commands.map(
    (command) =>
      `complete -c xcfg -f -n __fish_use_subcommand -a ${command.name} -d ${fishText(command.summary)}`,
  );
  for (const command of commands) {
    const seen = `-n '__fish_seen_subcommand_from ${namesOf(command).join(' ')}'`;
    for (const row of optionRows(command)) {
      if (!row.isPositional) lines.push(`complete -c xcfg ${seen} ${fishOption(row)}`);
      else if (row.choices.length > 0)
        lines.push(`complete -c xcfg -f ${seen} -a '${row.choices.join(' ')}'`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function fishOption(row: OptionRow): string {
  const names = [row.name, ...row.aliases].map((name) => (name.length === 1 ? `-s ${name}` : `-l ${name}`));
  const takesValue = row.type === 'string' || row.type === 'number';
  const value = row.choices.length > 0 ? [`-x -a '${row.choices.join(' ')}'`] : takesValue ? ['-r'] : [];
  return [...names, ...value, '-d', fishText(row.description)].join(' ');
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function namesOf(command: RegisteredCommand): string[] {
  return [command.name, ...(command.aliases ?? [])];
}
