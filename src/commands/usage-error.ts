/** The user asked for something that cannot be done as asked: one line with the fault, one with the repair. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly repair: string;

  constructor(fault: string, repair: string) {
    super(fault);
    this.repair = repair;
  }
}
