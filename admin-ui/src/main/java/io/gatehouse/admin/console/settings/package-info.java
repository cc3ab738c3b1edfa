/** What the installation gives a tenant, and what a tenant sets for its account as a whole. */
package io.gatehouse.admin.console.settings;
