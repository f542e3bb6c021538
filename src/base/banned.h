/*
 * Functions that cannot be used safely do not compile. Force-included into every
 * translation unit of Writ by the Makefile, after the system headers it names.
 */
#ifndef WRIT_BANNED_H
#define WRIT_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atoll gets strncpy strncat
#pragma GCC poison gmtime localtime ctime asctime system popen

#endif
