/** Functions of a tenant: code, settings, versions, who may invoke them, and a try. */
package io.gatehouse.admin.console.functions;
