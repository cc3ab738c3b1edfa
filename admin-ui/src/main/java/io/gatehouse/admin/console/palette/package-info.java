/** The search over everything, from everywhere. */
package io.gatehouse.admin.console.palette;
