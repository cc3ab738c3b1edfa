/** What the first screen tells of a tenant: its last hour, and what wants to be looked at. */
package io.gatehouse.admin.console.home;
