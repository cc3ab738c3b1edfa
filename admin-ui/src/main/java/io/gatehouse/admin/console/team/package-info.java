/** The people of a tenant, and the access keys with which its programs use the management API. */
package io.gatehouse.admin.console.team;
