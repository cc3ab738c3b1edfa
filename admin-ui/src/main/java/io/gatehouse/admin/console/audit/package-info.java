/** Who changed what in a tenant, for its owners. */
package io.gatehouse.admin.console.audit;
