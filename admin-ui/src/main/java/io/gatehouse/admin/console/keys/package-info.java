/** API keys of a tenant's customers. */
package io.gatehouse.admin.console.keys;
