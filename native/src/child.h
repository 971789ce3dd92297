/* What the new process does between the clone and exec. */
#ifndef XCFG_CHILD_H
#define XCFG_CHILD_H

#include "plan.h"

/* In the order they are taken; the names are spawnSteps in src/native/spawn-types.ts. */
enum child_step {
    STEP_FORK,
    STEP_STDIO,
    STEP_RLIMIT,
    STEP_NICE,
    STEP_SETSID,
    STEP_GROUPS,
    STEP_GID,
    STEP_UID,
    STEP_CAPABILITIES,
    STEP_REGAIN,
    STEP_UMASK,
    STEP_CWD,
    STEP_SIGNALS,
    STEP_EXEC,
    STEP_KILLED,
};

struct child {
    const struct plan *plan;
    char *const *envp;
    int stdio[3]; /* -1: /dev/null */
    bool shares_files; /* cloned with CLONE_FILES */
    bool has_close_range;
    uint64_t realtime_signals; /* bit n: signal n + 1 was not at its default when the runtime started */
    /* Written by the child into the memory it shares with the spawner. */
    volatile enum child_step step;
    volatile int error; /* 0: did not fail */
};

/* Before any child: what `realtime_signals` has to be. */
uint64_t child_find_realtime_signals(void);
/* The entry point for clone(2); `context` is a struct child. Ends in exec or in exit with `error` set. */
int child_main(void *context);

#endif
