/** One line of the password database. */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/** One line of the group database. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}
