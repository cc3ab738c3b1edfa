/**
 * The web console: its shell, home and what all screens share. A package per area, as in the
 * navigation. Screens build the same requests as an SDK and call the same operations; no rule lives
 * here.
 */
package io.gatehouse.admin.console;
