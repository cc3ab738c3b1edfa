/** The users, groups, roles and policies of a tenant: who may call its APIs and change it. */
package io.gatehouse.admin.console.iam;
