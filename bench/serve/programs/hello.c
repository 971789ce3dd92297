/* The server every peer starts: one line, then the end. Linked statically, so that starting it costs as little as can be. */
#include <unistd.h>

int main(void)
{
    static const char line[] = "hello\n";
    return write(1, line, sizeof line - 1) == sizeof line - 1 ? 0 : 1;
}
