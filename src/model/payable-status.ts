/** Statuses of payables whose lines can be changed for certain; later ones the service may refuse to change. */
export const editableStatuses: readonly string[] = ['draft', 'new'];

/** Whether the lines of a payable with this status can still be changed. */
export const isEditable = (status: string): boolean => editableStatuses.includes(status);
