/** The logs of a tenant's requests: searched, counted over time, and watched as they come. */
package io.gatehouse.admin.console.logs;
