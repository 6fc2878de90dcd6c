/** The case cannot be moved: it is unknown in the rehearsal namespace, or the namespace does not allow it. */
export class NotARehearsalCase extends Error {
  override readonly name = 'NotARehearsalCase';
  constructor(cause: unknown) {
    super('Only an open case of the rehearsal namespace can be moved.', { cause });
  }
}

/** The target is not after the case's own time. */
export class MoveNotForward extends Error {
  override readonly name = 'MoveNotForward';
  constructor() {
    super('A case can only be moved forward: the target must be after its own time.');
  }
}

/** The engine never skips time while a child workflow is open. */
export class BlockedByChildWorkflow extends Error {
  override readonly name = 'BlockedByChildWorkflow';
  readonly children: readonly string[];
  constructor(children: readonly string[]) {
    super(`The case waits for ${children.join(', ')} and cannot be moved before that has ended.`);
    this.children = children;
  }
}

/** Another move of the same case began meanwhile; their distances add up. */
export class OvertakenByAnotherMove extends Error {
  override readonly name = 'OvertakenByAnotherMove';
  constructor() {
    super('Another move of this case began before this one was complete.');
  }
}

/** The case did not arrive or settle in time: a worker is missing, or something it waits for does not answer. */
export class MoveTimedOut extends Error {
  override readonly name = 'MoveTimedOut';
  constructor(cause: unknown) {
    super('The case did not arrive in time.', { cause });
  }
}

/** The engine ended the move for another reason, which the message gives. */
export class MoveFailed extends Error {
  override readonly name = 'MoveFailed';
  constructor(reason: string) {
    super(`The case was not moved: ${reason}.`);
  }
}

const GRPC = { CANCELLED: 1, DEADLINE_EXCEEDED: 4, NOT_FOUND: 5, UNIMPLEMENTED: 12 } as const;

/** Gives the engine's transport errors the names above; others pass. */
export async function nameFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === GRPC.NOT_FOUND || code === GRPC.UNIMPLEMENTED) throw new NotARehearsalCase(error);
    if (code === GRPC.DEADLINE_EXCEEDED || code === GRPC.CANCELLED) throw new MoveTimedOut(error);
    throw error;
  }
}
