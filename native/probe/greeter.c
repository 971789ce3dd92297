/* A server that says for which client and which service it was started: its argument and REMOTE_HOST. For tests. */
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments)
{
    const char *client = getenv("REMOTE_HOST");
    printf("%s %s\n", count == 2 ? arguments[1] : "?", client != NULL ? client : "?");
    return 0;
}
