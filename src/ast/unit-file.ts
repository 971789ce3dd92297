/** One `Key=value` line. */
export type Setting = readonly [key: string, value: string];

export interface UnitSection {
  readonly title: 'Unit' | 'Socket' | 'Service' | 'Install';
  readonly settings: readonly Setting[];
}

/** A unit file of systemd that is to be written. */
export interface UnitFile {
  /** File name, `rsync@.service`. */
  readonly name: string;
  /** Lines of the header comment, without `#`. */
  readonly header: readonly string[];
  readonly sections: readonly UnitSection[];
}
