/** Whether a comment tells editors which schema the file has. */
export const isModeline = (comment: string): boolean => /^#\s*yaml-language-server\s*:/.test(comment);
